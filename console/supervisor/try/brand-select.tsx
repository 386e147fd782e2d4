import type { OfferedBrand } from '../offered-brands.ts';
import page from '../page.module.css';
import { useTell } from '../words.ts';

/** Whose customer asks; nothing where there is nothing to choose. */
export function BrandSelect(props: {
  readonly brands: readonly OfferedBrand[];
  /** Null: what customers of every brand may be told. */
  readonly value: string | null;
  /** Whether that may be chosen too. */
  readonly everybody: boolean;
  readonly onChange: (brand: string | null) => void;
}) {
  const tell = useTell();
  const { brands, value, everybody, onChange } = props;
  if (brands.length + (everybody ? 1 : 0) < 2) return null;
  return (
    <select
      className={page.select}
      aria-label={tell('try.brand')}
      value={value ?? ''}
      onChange={({ target }) => onChange(target.value === '' ? null : target.value)}
    >
      {everybody && <option value="">{tell('try.everybody')}</option>}
      {brands.map(({ name, title }) => (
        <option key={name} value={name}>
          {title ?? name}
        </option>
      ))}
    </select>
  );
}
