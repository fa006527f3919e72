import Table from 'cli-table3';

const none = '';

/** A table of words and spaces: columns line up, nothing else is drawn. */
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
  // The last column is filled up as well, which nobody sees until it is copied.
  table.toString = () => draw().replace(/ +$/gm, '');
  return table;
};
