/** The settings of an object that have one string as value. */
export const textSettings = [
  'contentType',
  'contentEncoding',
  'contentDisposition',
  'contentLanguage',
  'cacheControl',
] as const;

type TextSetting = (typeof textSettings)[number];

/** The settings that a writer may give an object. */
export interface Settings extends Readonly<Partial<Record<TextSetting, string>>> {
  readonly metadata?: Readonly<Record<string, string>>;
}

type Change = string | null | undefined;

/** A patch of settings: null removes, absent keys are kept. `metadata` is merged key by key. */
export interface SettingsChange extends Readonly<Partial<Record<TextSetting, Change>>> {
  readonly metadata?: Readonly<Record<string, Change>> | null | undefined;
}

const merged = <A extends Readonly<Record<string, Change>>>(
  present: A,
  changes: Readonly<Record<string, Change>>,
): Record<string, string> => {
  const result: Record<string, string> = {};
  for (const [key, value] of Object.entries({ ...present, ...changes }))
    if (value !== undefined && value !== null) result[key] = value;
  return result;
};

export const changed = (settings: Settings, changes: SettingsChange): Settings => {
  const { metadata, ...texts } = settings;
  const { metadata: metadataChanges, ...textChanges } = changes;
  const kept = metadataChanges === null ? {} : merged(metadata ?? {}, metadataChanges ?? {});
  return {
    ...merged(texts, textChanges),
    ...(Object.keys(kept).length > 0 && { metadata: kept }),
  };
};

/** Settings of a new object. */
export const settingsFrom = (changes: SettingsChange): Settings => changed({}, changes);
