import { dayOf } from '../../../shared/day.js';
import { type Action, type Context, contextOf, print } from '../context.js';
import { timingOf } from '../status/fields.js';
import { nextStep } from '../status/next-step.js';
import { readStatusFields } from '../status/read-fields.js';
import { statusResult } from '../status/result.js';
import { statusText } from '../status/text.js';
import type { CommandTarget } from '../target/command-target.js';
import { withTarget } from '../target/open.js';
import { stdoutPaint } from '../terminal/colour.js';
import { EXIT } from '../terminal/exit-code.js';
import { integerOption } from '../terminal/integer-option.js';

const status = async (context: Context, target: CommandTarget, maxAge: number | undefined) => {
  const fields = await readStatusFields(target, maxAge ?? target.config.maxAgeDays);
  const timing = timingOf(fields, dayOf(fields.now));
  const result = statusResult(fields, timing, nextStep(fields, timing), target.commandLine);
  print(context, result, () => statusText(result, fields, timing, stdoutPaint()));
  return EXIT.ok;
};

export const statusAction: Action = (command) => {
  const context = contextOf(command);
  const maxAge = integerOption('--max-age-days', command.opts().maxAgeDays, 0);
  return withTarget(context, (target) => status(context, target, maxAge));
};
