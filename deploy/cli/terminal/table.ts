import Table from 'cli-table3';

const none = '';

/** A table without borders: aligned columns only. */
export const plainTable = (
  options: Pick<Table.TableConstructorOptions, 'head' | 'colAligns'>,
): Table.Table => {
  const table = new Table({
    ...options,
    chars: {
      top: none,
      'top-mid': none,
      'top-left': none,
      'top-right': none,
      bottom: none,
      'bottom-mid': none,
      'bottom-left': none,
      'bottom-right': none,
      left: none,
      'left-mid': none,
      mid: none,
      'mid-mid': none,
      right: none,
      'right-mid': none,
      middle: '  ',
    },
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
  });
  const draw = table.toString.bind(table);
  // The library pads the last column as well; trailing spaces would be copied with the text.
  table.toString = () => draw().replace(/ +$/gm, '');
  return table;
};
