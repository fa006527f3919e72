import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { generatedFiles } from '../../../shared/schema/generate.js';

/** A stock validator at its strictest: an unknown keyword or a doubtful type is an error. */
export const ajv = (): Ajv2020 => new Ajv2020({ strict: true });

const texts = new Map(generatedFiles().map(({ path, text }) => [path, text]));

/** The validator of a generated file, e.g. `messages/pool-ranked`. */
export const validatorOf = (name: string): ValidateFunction => {
  const text = texts.get(`${name}.schema.json`);
  if (text === undefined) throw new Error(`No schema is generated for ${name}.`);
  return ajv().compile(JSON.parse(text));
};
