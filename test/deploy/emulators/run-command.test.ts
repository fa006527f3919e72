import assert from 'node:assert/strict';
import { dirname } from 'node:path';
import { rejectUnknownCommand, runCommand } from '../../../deploy/emulators/run-command.js';
import { FailureError } from '../../../shared/codec/failure.js';

const node = (script: string, variables = {}) =>
  runCommand([process.execPath, '-e', script], variables);

describe('runCommand', () => {
  it("has the command's own status", async () => {
    assert.equal(await node('').status, 0);
    assert.equal(await node('process.exit(41)').status, 41);
  });

  it('has what a shell says of a command that a signal ended', async () =>
    assert.equal(await node("process.kill(process.pid, 'SIGTERM')").status, 143));

  it('sets variables beside those that it has itself', async () => {
    const script = 'process.exit(process.env.EXTRA === "yes" && process.env.PATH ? 9 : 1)';
    assert.equal(await node(script, { EXTRA: 'yes' }).status, 9);
  });

  it('passes a signal on, and leaves the end to the command', async () => {
    const command = node('setInterval(() => {}, 1000)');
    command.signal('SIGINT');
    assert.equal(await command.status, 130);
  });

  it('knows without running it whether there is such a command', () => {
    const path = dirname(process.execPath);
    rejectUnknownCommand(process.execPath, '');
    rejectUnknownCommand('node', `/nowhere:${path}`);
    for (const command of ['no-such-command-anywhere', '/no/such/command'])
      assert.throws(() => rejectUnknownCommand(command, path), {
        message: `There is no command ${command}.`,
      });
  });

  it('says that there is no such command', () =>
    assert.rejects(
      runCommand(['no-such-command-anywhere'], {}).status,
      (error) =>
        error instanceof FailureError &&
        error.message === 'There is no command no-such-command-anywhere.',
    ));
});
