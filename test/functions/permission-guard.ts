import * as E from 'fp-ts/lib/Either.js';
import * as O from 'fp-ts/lib/Option.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import type { Environment } from '../../functions/environment.js';
import { type Failure, transient } from '../../shared/codec/failure.js';
import type { FunctionPermissions, Verb } from '../../shared/permissions.js';
import type { ObjectStore } from '../../shared/ports/object-store.js';
import { allFunctions, type FunctionName } from '../../shared/topology.js';

export type Stores = Pick<Environment, 'objects' | 'documents' | 'publisher'>;
type Table = Readonly<Record<FunctionName, FunctionPermissions>>;

/** Every single thing that the table allows. */
export const entriesOf = (table: Table): readonly string[] =>
  allFunctions.flatMap((name) => [
    ...Object.entries(table[name].objects).flatMap(([prefix, verbs]) =>
      verbs.map((verb) => `${name} may ${verb} ${prefix}`),
    ),
    `${name} has documents to ${table[name].documents}`,
    ...table[name].publishes.map((topic) => `${name} publishes ${topic}`),
  ]);

/**
 * What the table allows, what of it was used, and what was refused. Rights to objects work as in
 * Cloud Storage: who may not list learns of no object that it is not there.
 */
export const guardOf = (table: Table) => {
  const used = new Set<string>();
  const refused = new Set<string>();
  const wanted = new Map<FunctionName, 'none' | 'read' | 'write'>();

  const refuse = (what: string): Failure => {
    refused.add(what);
    return transient('unavailable', `${what} is not allowed`);
  };
  const check = (ok: boolean, what: string): E.Either<Failure, void> => {
    if (!ok) return E.left(refuse(what));
    used.add(what);
    return E.right(undefined);
  };
  const mayDo = (name: FunctionName, verb: Verb, key: string): E.Either<Failure, void> => {
    const segment = key.slice(0, key.indexOf('/') + 1);
    const verbs = table[name].objects[segment] ?? [];
    return check(verbs.includes(verb), `${name} may ${verb} ${segment}`);
  };
  const mayUseDocuments = (name: FunctionName, to: 'read' | 'write'): E.Either<Failure, void> => {
    if (wanted.get(name) !== 'write') wanted.set(name, to);
    const given = table[name].documents;
    return given === 'write' || given === to
      ? E.right(undefined)
      : E.left(refuse(`${name} has documents to ${to}`));
  };
  const after = <A>(allowed: E.Either<Failure, void>, task: TE.TaskEither<Failure, A>) =>
    E.isLeft(allowed) ? TE.left(allowed.left) : task;

  const objectsFor = (name: FunctionName, objects: ObjectStore): ObjectStore => {
    const found = <A>(key: string, task: TE.TaskEither<Failure, O.Option<A>>) =>
      after(
        mayDo(name, 'read', key),
        TE.chain(
          (answer: O.Option<A>): TE.TaskEither<Failure, O.Option<A>> =>
            O.isNone(answer) ? after(mayDo(name, 'list', key), TE.right(answer)) : TE.right(answer),
        )(task),
      );
    return {
      read: (key) => found(key, objects.read(key)),
      head: (key) => found(key, objects.head(key)),
      list: (prefix) => after(mayDo(name, 'list', prefix), objects.list(prefix)),
      write: (key, bytes, options) =>
        after(
          mayDo(name, options.ifGenerationMatch === 0 ? 'create' : 'replace', key),
          objects.write(key, bytes, options),
        ),
    };
  };

  return {
    refused: (): readonly string[] => [...refused].sort(),
    used: (): readonly string[] => [
      ...used,
      ...allFunctions.map((name) => `${name} has documents to ${wanted.get(name) ?? 'none'}`),
    ],
    portsFor: (name: FunctionName, { objects, documents, publisher }: Stores): Stores => ({
      objects: objectsFor(name, objects),
      documents: {
        get: (path) => after(mayUseDocuments(name, 'read'), documents.get(path)),
        list: (collection) => after(mayUseDocuments(name, 'read'), documents.list(collection)),
        create: (path, data) => after(mayUseDocuments(name, 'write'), documents.create(path, data)),
        // A transaction that may write needs the right to, whether or not it does.
        transact: (body) => after(mayUseDocuments(name, 'write'), documents.transact(body)),
      },
      publisher: {
        publish: (topic, data, attributes) =>
          after(
            check(table[name].publishes.includes(topic), `${name} publishes ${topic}`),
            publisher.publish(topic, data, attributes),
          ),
      },
    }),
  };
};

export type Guard = ReturnType<typeof guardOf>;
