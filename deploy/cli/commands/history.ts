import { verifyChain } from '../../../shared/promotion/ledger.js';
import { readLedger, readPromotionState } from '../../../shared/promotion/read-ledger.js';
import { type Action, type Context, contextOf, print, unwrap } from '../context.js';
import type { Desk } from '../target/command-target.js';
import { whyEmpty } from '../target/consistent-state.js';
import { withDesk } from '../target/open.js';
import { EXIT } from '../terminal/exit-code.js';
import { minuteText } from '../terminal/format-instant.js';
import { plainTable } from '../terminal/table.js';
import { wrap } from '../terminal/wrap.js';

const history = async (context: Context, desk: Desk): Promise<number> => {
  const entries = unwrap(await readLedger(desk.documents)());
  // Scripts that restore the ledger count its entries; people are told why there is none.
  const empty = entries.length === 0 ? await whyEmpty(desk) : '';
  const rows = entries.map(
    ({ seq, version, intent, from_version, reason, actor, promoted_at, hash }) => ({
      seq,
      version,
      intent,
      from_version,
      reason,
      actor,
      promoted_at,
      hash,
    }),
  );
  print(context, rows, () => {
    if (rows.length === 0) return empty;
    const table = plainTable({ head: ['seq', 'version', 'intent', 'at (UTC)', 'from'] });
    for (const { seq, version, intent, promoted_at, from_version } of rows)
      table.push([seq, version, intent, minuteText(promoted_at), from_version ?? '']);
    const [head = '', ...lines] = table.toString().split('\n');
    return [
      head,
      ...lines.flatMap((line, index) => {
        const { reason = null, actor = '' } = rows[index] ?? {};
        return [line, ...(reason === null ? [] : wrap(`     ${actor}: ${reason}`, 5))];
      }),
    ].join('\n');
  });
  return EXIT.ok;
};

const verify = async (context: Context, { documents }: Desk): Promise<number> => {
  const entries = unwrap(await readLedger(documents)());
  const { head } = unwrap(await readPromotionState(documents)());
  const problems = verifyChain(entries, head);
  const ok = problems.length === 0;
  print(context, { ok, entries: entries.length, problems }, () =>
    ok
      ? `ok: ${entries.length} entries, each with its own hash and that of the one before`
      : [
          'the ledger is broken:',
          ...problems.flatMap((one) => wrap(`  ${one}`, 4)),
          'See "Firestore is lost" in deploy/gcp/RUNBOOK.md.',
        ].join('\n'),
  );
  return ok ? EXIT.ok : EXIT.contractInvalid;
};

export const historyAction: Action = (command) => {
  const context = contextOf(command);
  const task = command.opts().verify === true ? verify : history;
  return withDesk(context, (desk) => task(context, desk));
};
