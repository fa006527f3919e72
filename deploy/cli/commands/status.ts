import { dayOf } from '../../../shared/day.js';
import { type Action, type Context, contextOf, print } from '../context.js';
import { timesOf } from '../status/fields.js';
import { nextStep } from '../status/next-step.js';
import { readStatusFacts } from '../status/read-fields.js';
import { statusAnswer } from '../status/result.js';
import { statusScreen } from '../status/text.js';
import type { Desk } from '../target/command-target.js';
import { withDesk } from '../target/open.js';
import { stdoutPaint } from '../terminal/colour.js';
import { EXIT } from '../terminal/exit-code.js';
import { wholeNumber } from '../terminal/integer-option.js';

const status = async (context: Context, desk: Desk, maxAge: number | undefined) => {
  const facts = await readStatusFacts(desk, maxAge ?? desk.config.maxAgeDays);
  const times = timesOf(facts, dayOf(facts.now));
  const answer = statusAnswer(facts, times, nextStep(facts, times), desk.command);
  print(context, answer, () => statusScreen(answer, facts, times, stdoutPaint()));
  return EXIT.ok;
};

export const statusAction: Action = (command) => {
  const context = contextOf(command);
  const maxAge = wholeNumber('--max-age-days', command.opts().maxAgeDays, 0);
  return withDesk(context, (desk) => status(context, desk, maxAge));
};
