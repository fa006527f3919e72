import { pino } from 'pino';
import type { Clock } from '../ports/clock.js';
import type { Log } from '../ports/log.js';
import { boundedFields, boundedMessage, stackOf } from './log-fields.js';
import { traceFields } from './trace.js';

export interface CloudLogOptions {
  readonly clock: Clock;
  /** Without it no line can point to a trace. */
  readonly project?: string | undefined;
  readonly revision?: string | undefined;
  /** Where lines go; standard output, synchronously, unless something else is given. */
  readonly stdout?: LineWriter | undefined;
}

export interface LineWriter {
  readonly write: (line: string) => void;
}

const LEVEL = { INFO: 'info', WARNING: 'warn', ERROR: 'error' } as const;

const ERROR_EVENT =
  'type.googleapis.com/google.devtools.clouderrorreporting.v1beta1.ReportedErrorEvent';

/** What makes Error Reporting count the line; it groups by the stack, else by the message. */
const errorReport = (stage: string, revision: string | undefined, cause: unknown) => ({
  '@type': ERROR_EVENT,
  serviceContext: { service: stage, ...(revision === undefined ? {} : { version: revision }) },
  ...(cause instanceof Error ? { stack_trace: stackOf(cause) } : {}),
});

/**
 * Structured lines as Cloud Logging reads them from standard output. Synchronous, because a
 * function may be frozen as soon as it has answered. Never throws: a line that cannot be written is
 * lost rather than the message that it is about.
 */
export const cloudLog = ({ clock, project, revision, stdout }: CloudLogOptions): Log => {
  const logger = pino(
    {
      base: null,
      timestamp: false,
      messageKey: 'message',
      formatters: {
        level: (level) => ({ severity: level === 'warn' ? 'WARNING' : level.toUpperCase() }),
      },
    },
    stdout ?? pino.destination({ dest: 1, sync: true }),
  );
  return ({ severity, message, traceparent, cause, ...facts }) => {
    const trace = traceFields(project, traceparent);
    try {
      logger[LEVEL[severity]](
        {
          ...boundedFields(facts),
          ...trace,
          ...(severity === 'ERROR' ? errorReport(facts.stage, revision, cause) : {}),
          time: clock().toISOString(),
        },
        boundedMessage(message),
      );
    } catch {
      // Nobody is left to be told.
    }
  };
};
