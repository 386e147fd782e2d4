import '../parts/base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { CatalogueProvider } from '../parts/catalogue.tsx';
import { DemoPage } from './demo-page.tsx';

const root = document.getElementById('root');
if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <CatalogueProvider>
        <DemoPage />
      </CatalogueProvider>
    </StrictMode>,
  );
}
