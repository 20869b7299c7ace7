import type { Drawn } from './drawn.ts';

export const Table: Drawn<'Table'> = ({ children, bordered = true, flush, density = 'default', testId }) => (
  <table className={`hs-table is-${density}${bordered ? ' is-bordered' : ''}${flush ? ' is-flush' : ''}`} data-test-id={testId}>
    {children}
  </table>
);

export const TableHead: Drawn<'TableHead'> = ({ children }) => <thead>{children}</thead>;
export const TableBody: Drawn<'TableBody'> = ({ children }) => <tbody>{children}</tbody>;
export const TableRow: Drawn<'TableRow'> = ({ children }) => <tr>{children}</tr>;
export const TableHeader: Drawn<'TableHeader'> = ({ children, align = 'left' }) => (
  <th scope="col" style={{ textAlign: align }}>
    {children}
  </th>
);
export const TableCell: Drawn<'TableCell'> = ({ children, align = 'left', colSpan }) => (
  <td colSpan={colSpan} style={{ textAlign: align }}>
    {children}
  </td>
);
