import { getOrThrow } from '../../../shared/codec/failure.js';
import { verifyChain } from '../../../shared/promotion/ledger.js';
import { readLedger, readPromotionState } from '../../../shared/promotion/read-ledger.js';
import { type Action, type Context, contextOf, print } from '../context.js';
import type { CommandTarget } from '../target/command-target.js';
import { emptyLedgerReason } from '../target/consistent-state.js';
import { withTarget } from '../target/open.js';
import { EXIT } from '../terminal/exit-code.js';
import { formatInstant } from '../terminal/format-instant.js';
import { plainTable } from '../terminal/table.js';
import { wrap } from '../terminal/wrap.js';

const history = async (context: Context, target: CommandTarget): Promise<number> => {
  const entries = getOrThrow(await readLedger(target.documents)());
  // JSON is an empty list, which restore scripts count; the text says why the ledger is empty.
  const empty = entries.length === 0 ? await emptyLedgerReason(target) : '';
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
      table.push([seq, version, intent, formatInstant(promoted_at), from_version ?? '']);
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

const verify = async (context: Context, { documents }: CommandTarget): Promise<number> => {
  const entries = getOrThrow(await readLedger(documents)());
  const { head } = getOrThrow(await readPromotionState(documents)());
  const problems = verifyChain(entries, head);
  const ok = problems.length === 0;
  print(context, { ok, entries: entries.length, problems }, () =>
    ok
      ? `ok: ${entries.length} entries; the hash chain is intact`
      : [
          'The hash chain of the ledger is broken:',
          ...problems.flatMap((problem) => wrap(`  ${problem}`, 4)),
          'Do not promote. See "Firestore is lost" in deploy/gcp/RUNBOOK.md.',
        ].join('\n'),
  );
  return ok ? EXIT.ok : EXIT.contractInvalid;
};

export const historyAction: Action = (command) => {
  const context = contextOf(command);
  const task = command.opts().verify === true ? verify : history;
  return withTarget(context, (target) => task(context, target));
};
