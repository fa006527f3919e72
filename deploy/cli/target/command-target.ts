import type { TaskEither } from 'fp-ts/lib/TaskEither.js';
import type { Failure } from '../../../shared/codec/failure.js';
import type { DeadLetter, DeadLetters } from '../../../shared/ports/dead-letters.js';
import type { Publisher } from '../../../shared/ports/publisher.js';
import type { FunctionName } from '../../../shared/topology.js';
import type { TargetStores } from '../run/state-stores.js';

/** Where an operator's command works. It does not know whether that is a folder or a deployment. */
export interface CommandTarget extends TargetStores {
  readonly deadLetters: DeadLetters;
  /** A command as it has to be typed to work in the same place, e.g. `live-pool status --state x`. */
  readonly commandLine: (args: string) => string;
  /** What has begun and not ended; nothing where only the transport knows. */
  readonly unfinished: () => Promise<UnfinishedWork | undefined>;
  /** The words that run the next month here. */
  readonly nextRunArgs: () => Promise<string>;
  /** The words that have the shadow history made here. */
  readonly shadowBuildArgs: () => Promise<string>;
}

/** What a folder still has to do. */
export interface UnfinishedWork {
  /** For every message that waits, the function it waits for; in order. */
  readonly pending: readonly FunctionName[];
  /** The words that go on with the run that was interrupted, if one was. */
  readonly resume: string | undefined;
  /** The words that go on with a shadow history, where nothing that readers could see is left. */
  readonly shadow: string | undefined;
  /** The process that is at work on it right now, if one is. */
  readonly process: number | undefined;
}

/** What a command asks of the pipeline, and how it shows. */
export interface Operation<A> {
  /** Answers with the transport's id of the message. */
  readonly publish: TaskEither<Failure, string>;
  /** The functions that it goes through; any of them may park it. */
  readonly functions: readonly FunctionName[];
  /** Whether a dead letter is about this errand, besides that of the message itself. */
  readonly isRelated: (letter: DeadLetter) => boolean;
  /** The effect, once it shows. That it will never show is thrown. */
  readonly poll: () => Promise<A | undefined>;
}

/** A desk from which the pipeline can be told something. */
export interface WritableTarget extends CommandTarget {
  readonly publisher: Publisher;
  /** Publishes, and answers with the effect; with nothing where nobody wants to wait for it. */
  readonly execute: <A>(operation: Operation<A>) => Promise<A | undefined>;
}
