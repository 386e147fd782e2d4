/** @jsxImportSource preact */
import '../parts/base.css';
import { render } from 'preact';
import { createDoor } from './door.ts';
import { VideoPage } from './video-page.tsx';

const root = document.getElementById('root');
if (root !== null) render(<VideoPage door={createDoor(location.pathname.replace(/\/+$/u, ''))} />, root);
