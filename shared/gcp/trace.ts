/** W3C trace context, level 1: version, trace, span, flags. Later versions may append fields. */
const TRACEPARENT =
  /^(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})$/;

/**
 * The fields that link a log line to its trace in Cloud Logging. Empty for an invalid
 * `traceparent`, because a line must not refer to a trace that cannot exist.
 */
export const traceFields = (
  project: string | undefined,
  traceparent: unknown,
): Readonly<Record<string, unknown>> => {
  const [, trace, span, flags = ''] =
    typeof traceparent === 'string' ? (TRACEPARENT.exec(traceparent) ?? []) : [];
  return project === undefined || trace === undefined
    ? {}
    : {
        'logging.googleapis.com/trace': `projects/${project}/traces/${trace}`,
        'logging.googleapis.com/spanId': span,
        'logging.googleapis.com/trace_sampled': (Number.parseInt(flags, 16) & 1) === 1,
      };
};
