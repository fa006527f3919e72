import assert from 'node:assert/strict';
import { dirname } from 'node:path';
import { rejectUnknownCommand, runCommand } from '../../../deploy/emulators/run-command.js';
import { FailureError } from '../../../shared/codec/failure.js';

const node = (script: string, variables = {}) =>
  runCommand([process.execPath, '-e', script], variables);

describe('runCommand', () => {
  it("returns the command's exit status", async () => {
    assert.equal(await node('').status, 0);
    assert.equal(await node('process.exit(41)').status, 41);
  });

  it("returns a shell's exit status for a command that a signal ended", async () =>
    assert.equal(await node("process.kill(process.pid, 'SIGTERM')").status, 143));

  it('adds variables to the environment of this process', async () => {
    const script = 'process.exit(process.env.EXTRA === "yes" && process.env.PATH ? 9 : 1)';
    assert.equal(await node(script, { EXTRA: 'yes' }).status, 9);
  });

  it('forwards a signal, and lets the command decide when to end', async () => {
    const command = node('setInterval(() => {}, 1000)');
    command.signal('SIGINT');
    assert.equal(await command.status, 130);
  });

  it('checks whether a command exists without running it', () => {
    const path = dirname(process.execPath);
    rejectUnknownCommand(process.execPath, '');
    rejectUnknownCommand('node', `/nowhere:${path}`);
    for (const command of ['no-such-command-anywhere', '/no/such/command'])
      assert.throws(() => rejectUnknownCommand(command, path), {
        message: `Command not found: ${command}.`,
      });
  });

  it('reports a command that does not exist', () =>
    assert.rejects(
      runCommand(['no-such-command-anywhere'], {}).status,
      (error) =>
        error instanceof FailureError &&
        error.message === 'Command not found: no-such-command-anywhere.',
    ));
});
