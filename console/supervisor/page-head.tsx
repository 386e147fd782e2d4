import page from './page.module.css';

/** What a page is called, and what it is for. */
export function PageHead({ title, lead }: { readonly title: string; readonly lead: string }) {
  return (
    <header>
      <h1 className={page.title}>{title}</h1>
      <p className={page.lead}>{lead}</p>
    </header>
  );
}
