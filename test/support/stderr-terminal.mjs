// Loaded before the command: has it take its stderr, a pipe, for a terminal of 80 columns,
// and an interactive one, also where the tests run in CI.
const { stderr } = process;
stderr.isTTY = true;
stderr.columns = 80;
for (const name of ['cursorTo', 'clearLine', 'moveCursor']) stderr[name] = () => true;
delete process.env.CI;
process.env.TERM = 'xterm';
