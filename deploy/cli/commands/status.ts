import { dayOf } from '../../../shared/day.js';
import { stdoutPaint } from '../colour.js';
import { type Action, type Context, contextOf, print } from '../context.js';
import type { Desk } from '../desk/desk.js';
import { withDesk } from '../desk/open.js';
import { EXIT } from '../exit-code.js';
import { statusAnswer } from '../status/answer.js';
import { timesOf } from '../status/facts.js';
import { nextStep } from '../status/next-step.js';
import { readStatusFacts } from '../status/read-facts.js';
import { statusScreen } from '../status/screen.js';
import { wholeNumber } from '../whole-number.js';

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
