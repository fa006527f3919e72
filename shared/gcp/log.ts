import { pino } from 'pino';
import type { Clock } from '../ports/clock.js';
import type { Log } from '../ports/log.js';
import { boundedFields, boundedMessage, stackOf } from './log-fields.js';
import { traceFields } from './trace.js';

export interface CloudLogOptions {
  readonly clock: Clock;
  /** Required for log lines to refer to a trace. */
  readonly project?: string | undefined;
  readonly revision?: string | undefined;
  /** Receives log lines; by default standard output, written synchronously. */
  readonly stdout?: LineWriter | undefined;
}

export interface LineWriter {
  readonly write: (line: string) => void;
}

const LEVEL = { INFO: 'info', WARNING: 'warn', ERROR: 'error' } as const;

const ERROR_EVENT =
  'type.googleapis.com/google.devtools.clouderrorreporting.v1beta1.ReportedErrorEvent';

/** The fields that Error Reporting requires; it groups by the stack, else by the message. */
const errorReport = (stage: string, revision: string | undefined, cause: unknown) => ({
  '@type': ERROR_EVENT,
  serviceContext: { service: stage, ...(revision === undefined ? {} : { version: revision }) },
  ...(cause instanceof Error ? { stack_trace: stackOf(cause) } : {}),
});

/**
 * Writes structured lines to standard output, in the format of Cloud Logging. Synchronous, because
 * a function may be frozen as soon as it has responded. Never throws: losing a log line is better
 * than failing the delivery.
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
  return ({ severity, message, traceparent, cause, ...fields }) => {
    const trace = traceFields(project, traceparent);
    try {
      logger[LEVEL[severity]](
        {
          ...boundedFields(fields),
          ...trace,
          ...(severity === 'ERROR' ? errorReport(fields.stage, revision, cause) : {}),
          time: clock().toISOString(),
        },
        boundedMessage(message),
      );
    } catch {
      // There is no other place to report the error.
    }
  };
};
