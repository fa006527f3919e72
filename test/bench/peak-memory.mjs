// Loaded before a command: writes the process's peak resident memory to PEAK_TO when it ends.
import { writeFileSync } from 'node:fs';

process.on('exit', () => {
  writeFileSync(process.env.PEAK_TO, String(process.resourceUsage().maxRSS / 1024));
});
