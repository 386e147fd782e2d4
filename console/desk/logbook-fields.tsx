import { useSay } from '../parts/catalogue.tsx';
import { Field } from '../parts/field.tsx';
import type { Logbook } from './case.ts';

/** The parts of a logbook in their order. */
export const logbookParts = ['understanding', 'plan', 'execution', 'results'] as const;

/** Characters that a part may have. */
export const maxLogbookPart = 4000;

/** The four parts to be filled in. */
export interface LogbookFieldsProps {
  readonly logbook: Logbook;
  readonly onChange: (logbook: Logbook) => void;
  readonly faultOf: (part: keyof Logbook) => string | undefined;
  readonly rows: number;
  /** Parts may be left empty. */
  readonly optional?: boolean;
  readonly autoFocus?: boolean;
}

/** The four parts of a logbook, drafted from what happened, to be corrected. */
export function LogbookFields({ logbook, onChange, faultOf, rows, ...more }: LogbookFieldsProps) {
  const say = useSay();
  return logbookParts.map((part, index) => (
    <Field
      key={part}
      label={say(`logbook.${part}`)}
      value={logbook[part]}
      onChange={(text) => onChange({ ...logbook, [part]: text })}
      rows={rows}
      optional={more.optional ?? false}
      autoFocus={more.autoFocus === true && index === 0}
      fault={faultOf(part)}
    />
  ));
}
