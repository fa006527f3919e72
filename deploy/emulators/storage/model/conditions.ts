import { conditionNotMet, notModified } from './storage-error.js';

/** Versions of content (`generation`) and of the settings of that content (`metageneration`). */
export interface Versioned {
  readonly generation: number;
  readonly metageneration: number;
}

/** The preconditions of a request. `ifGenerationMatch: 0` requires that no object exists. */
export interface Conditions {
  readonly ifGenerationMatch?: number | undefined;
  readonly ifGenerationNotMatch?: number | undefined;
  readonly ifMetagenerationMatch?: number | undefined;
  readonly ifMetagenerationNotMatch?: number | undefined;
}

const requireMatch = (field: string, expected: number | undefined, found: number | undefined) => {
  if (expected !== undefined && expected !== found)
    throw conditionNotMet(`Expected ${field} ${expected}, found ${found ?? 'none'}.`);
};

const differs = (unwanted: number | undefined, found: number | undefined): boolean =>
  unwanted === undefined || unwanted !== found;

/** Throws 412 if a condition does not hold; `current` is undefined if no object exists. */
export const requireConditions = (conditions: Conditions, current: Versioned | undefined): void => {
  const generation = current?.generation ?? 0;
  const metageneration = current?.metageneration;
  requireMatch('generation', conditions.ifGenerationMatch, generation);
  requireMatch('metageneration', conditions.ifMetagenerationMatch, metageneration);
  if (!differs(conditions.ifGenerationNotMatch, generation))
    throw conditionNotMet(`Expected a generation other than ${generation}.`);
  if (!differs(conditions.ifMetagenerationNotMatch, metageneration))
    throw conditionNotMet(`Expected a metageneration other than ${metageneration}.`);
};

/** As `demand`, but what a reader knows already is 304: a `…NotMatch` of a read asks for news. */
export const requireReadConditions = (conditions: Conditions, current: Versioned): void => {
  const { ifGenerationMatch, ifMetagenerationMatch } = conditions;
  requireConditions({ ifGenerationMatch, ifMetagenerationMatch }, current);
  if (
    !differs(conditions.ifGenerationNotMatch, current.generation) ||
    !differs(conditions.ifMetagenerationNotMatch, current.metageneration)
  )
    throw notModified();
};
