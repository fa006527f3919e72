import type { TaskEither } from 'fp-ts/lib/TaskEither.js';
import type { Failure } from '../../../shared/codec/failure.js';
import type { DeadLetter, DeadLetters } from '../../../shared/ports/dead-letters.js';
import type { Publisher } from '../../../shared/ports/publisher.js';
import type { FunctionName } from '../../../shared/topology.js';
import type { TargetStores } from '../run/state-stores.js';

/** The target of a command: a state folder or a deployment behind one interface. */
export interface CommandTarget extends TargetStores {
  readonly deadLetters: DeadLetters;
  /** The command line for the same target, e.g. `live-pool status --state x`. */
  readonly commandLine: (args: string) => string;
  /** Unfinished work; undefined for a deployment, where only Pub/Sub knows it. */
  readonly unfinished: () => Promise<UnfinishedWork | undefined>;
  /** The arguments that run the next month on this target. */
  readonly nextRunArgs: () => Promise<string>;
  /** The arguments that make the shadow history on this target. */
  readonly shadowBuildArgs: () => Promise<string>;
}

/** The unfinished work of a state folder. */
export interface UnfinishedWork {
  /** The subscribers of the pending messages, oldest first. */
  readonly pending: readonly FunctionName[];
  /** The arguments that resume an interrupted run. */
  readonly resume: string | undefined;
  /** The arguments that resume an interrupted shadow build, if only that is unfinished. */
  readonly shadow: string | undefined;
  /** The process that holds the folder's lock. */
  readonly process: number | undefined;
}

/** A message that a command publishes, and how to detect its effect. */
export interface Operation<A> {
  /** Resolves to the transport's id of the message. */
  readonly publish: TaskEither<Failure, string>;
  /** The functions that process the message; any of them may dead-letter it. */
  readonly functions: readonly FunctionName[];
  /** True for a dead letter of this operation other than the published message itself. */
  readonly isRelated: (letter: DeadLetter) => boolean;
  /** The effect, or undefined while there is none yet; throws if there can be none. */
  readonly poll: () => Promise<A | undefined>;
}

/** A target on which a command may change something. */
export interface WritableTarget extends CommandTarget {
  readonly publisher: Publisher;
  /** Publishes and resolves to the effect; to undefined with `--no-wait`. */
  readonly execute: <A>(operation: Operation<A>) => Promise<A | undefined>;
}
