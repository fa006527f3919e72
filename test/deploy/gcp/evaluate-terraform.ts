import { execFile, execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { cloudVariables } from '../../../shared/gcp/config.js';
import { folder } from './terraform-module.js';

const run = promisify(execFile);
const quiet = { ...process.env, CHECKPOINT_DISABLE: '1', TF_IN_AUTOMATION: '1', TF_CLI_ARGS: '' };

const found = ((): string | undefined => {
  try {
    return execFileSync('terraform', ['version'], { encoding: 'utf8', stdio: 'pipe' }).split(
      '\n',
    )[0];
  } catch {
    return undefined;
  }
})();

/** A suite that needs Terraform itself. Without it, it is skipped and its title says so. */
export const describeWithTerraform = (title: string, body: () => void): void => {
  if (found !== undefined) {
    describe(`${title} (${found})`, body);
    return;
  }
  describe(`${title} — SKIPPED: there is no terraform on the path`, () => {
    it.skip('needs terraform', () => undefined);
  });
};

/** Ends without a word where every file is formatted. */
export const checkFormat = (): Promise<unknown> =>
  run('terraform', ['fmt', '-check', '-diff', '-recursive', folder], { env: quiet });

export const PROJECT = 'a-project';
export const OPERATOR = 'group:operators@example.com';
export const CONSUMER = 'serviceAccount:trader@example.iam.gserviceaccount.com';
/** The variables of the deployment under test. */
export const VARIABLES = {
  project: PROJECT,
  bucket: 'a-bucket',
  source_revision: '0123456789abcdef0123456789abcdef01234567',
  alert_email: 'oncall@example.com',
  operators: [OPERATOR],
  consumers: [CONSUMER],
  root_prefix: 'some/root',
  // Every optional variable that no resource of the module sets.
  settings: Object.fromEntries(
    cloudVariables
      .filter(
        ({ name, required }) => !required && !/^(ACTOR|FIRESTORE_DATABASE|ROOT_PREFIX)$/.test(name),
      )
      .map(({ name }) => [name, `some ${name}`]),
  ),
};

export type Values = Readonly<Record<string, unknown>>;

/** Returns the content that a file has instead. */
export type Edit = (file: string, text: string) => string;

/**
 * What Terraform makes of the variables: every local of the module, computed by Terraform itself.
 * Locals refer to no resource, so this needs no provider.
 */
export const evaluate = async (
  names: readonly string[],
  variables: Values,
  edit: Edit = (_, text) => text,
): Promise<Values> => {
  const place = mkdtempSync(join(tmpdir(), 'live-pool-terraform-'));
  const terraform = (...words: readonly string[]) =>
    run('terraform', words, { cwd: place, env: quiet, maxBuffer: 1e8 });
  try {
    for (const file of ['variables.tf', 'locals.tf', 'topology.json']) {
      copyFileSync(join(folder, file), join(place, file));
      writeFileSync(join(place, file), edit(file, readFileSync(join(place, file), 'utf8')));
    }
    writeFileSync(join(place, 'terraform.tfvars.json'), JSON.stringify(variables));
    const outputs = names.map((name) => [name, { value: `\${local.${name}}` }]);
    writeFileSync(
      join(place, 'outputs.tf.json'),
      JSON.stringify({ output: Object.fromEntries(outputs) }),
    );
    await terraform('init', '-no-color', '-input=false');
    await terraform('plan', '-no-color', '-input=false', '-out=plan');
    const { stdout } = await terraform('show', '-json', 'plan');
    const planned: { planned_values: { outputs: Record<string, { value: unknown }> } } =
      JSON.parse(stdout);
    return Object.fromEntries(
      Object.entries(planned.planned_values.outputs).map(([name, { value }]) => [name, value]),
    );
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
};
