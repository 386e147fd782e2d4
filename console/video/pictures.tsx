/** @jsxImportSource preact */
import type { ComponentChildren, VNode } from 'preact';
import css from './pictures.module.css';

/** Drawings for who reads little; the words beside them say the same, so they are silent. */
function Drawing({ children }: { readonly children: ComponentChildren }) {
  return (
    <svg className={css.drawing} viewBox="0 0 160 100" aria-hidden="true">
      {children}
    </svg>
  );
}

/** A screen with an arrow, as calls have it on their button. */
function ShareIcon({ x, y }: { readonly x: number; readonly y: number }) {
  return (
    <g transform={`translate(${x} ${y})`} className={css.icon}>
      <rect x="-8" y="-6" width="16" height="11" rx="1.500" />
      <path d="M0 3v-6m-3 3 3-3 3 3M-4 8h8" />
    </g>
  );
}

function Pointer({ x, y }: { readonly x: number; readonly y: number }) {
  return <path className={css.pointer} d={`M${x} ${y}l4 15 3.500-5.500 6.500-1z`} />;
}

function Person({ x, y, size = 1 }: { readonly x: number; readonly y: number; readonly size?: number }) {
  return (
    <g transform={`translate(${x} ${y}) scale(${size})`} className={css.person}>
      <circle cx="0" cy="-7" r="7" />
      <path d="M-13 15c0-9 6-12 13-12s13 3 13 12z" />
    </g>
  );
}

function PressShare() {
  return (
    <Drawing>
      <rect className={css.screen} x="14" y="6" width="132" height="78" rx="6" />
      <path className={css.line} d="M52 94h56M80 84v10" />
      <Person x={80} y={34} />
      <rect className={css.bar} x="42" y="58" width="76" height="20" rx="10" />
      <circle className={css.dim} cx="56" cy="68" r="6" />
      <circle className={css.dim} cx="104" cy="68" r="6" />
      <rect className={css.lit} x="66" y="57" width="28" height="22" rx="7" />
      <ShareIcon x={80} y={67} />
      <Pointer x={90} y={72} />
    </Drawing>
  );
}

function ChooseWindow() {
  return (
    <Drawing>
      <rect className={css.screen} x="10" y="10" width="140" height="80" rx="6" />
      <path className={css.line} d="M24 24h30" />
      <rect className={css.bar} x="20" y="34" width="36" height="30" rx="3" />
      <rect className={css.lit} x="62" y="32" width="38" height="34" rx="4" />
      <rect className={css.pane} x="66" y="36" width="30" height="26" rx="2" />
      <path className={css.line} d="M66 43h30" />
      <rect className={css.bar} x="106" y="34" width="36" height="30" rx="3" />
      <path className={css.cross} d="m112 38 24 22M136 38l-24 22M26 38l24 22M50 38 26 60" />
      <rect className={css.button} x="104" y="72" width="36" height="11" rx="5" />
      <Pointer x={86} y={54} />
    </Drawing>
  );
}

function StopSharing() {
  return (
    <Drawing>
      <rect className={css.screen} x="14" y="6" width="132" height="78" rx="6" />
      <path className={css.line} d="M52 94h56M80 84v10M28 24h60M28 34h84M28 44h44" />
      <rect className={css.bar} x="34" y="58" width="92" height="20" rx="5" />
      <ShareIcon x={48} y={67} />
      <rect className={css.stop} x="64" y="62" width="54" height="12" rx="6" />
      <rect className={css.onStop} x="70" y="65" width="6" height="6" rx="1" />
      <path className={css.onStopLine} d="M82 68h28" />
      <Pointer x={104} y={70} />
    </Drawing>
  );
}

function Phone({ x, children }: { readonly x: number; readonly children?: ComponentChildren }) {
  return (
    <g transform={`translate(${x} 0)`}>
      <rect className={css.screen} x="0" y="6" width="50" height="88" rx="8" />
      <path className={css.line} d="M20 12h10" />
      {children}
    </g>
  );
}

function TurnCamera() {
  return (
    <Drawing>
      <Phone x={16}>
        <rect className={css.pane} x="6" y="20" width="38" height="46" rx="3" />
        <path className={css.line} d="M13 46h24v8H13zM19 54v5m12-5v5M25 46V34m-5 4 5-5 5 5" />
        <rect className={css.lit} x="14" y="70" width="22" height="18" rx="6" />
        <path className={css.turn} d="M19 79a6 6 0 0 1 11-3m1 3a6 6 0 0 1-11 3m10-10v4h-4m-6 10v-4h4" />
      </Phone>
      <path className={css.ray} d="M68 34 104 24M68 56l36 14" />
      <rect className={css.bar} x="106" y="40" width="42" height="16" rx="3" />
      <path className={css.line} d="M116 56v6m22-6v6M127 40V22m-7 6 7-7 7 7" />
      <circle className={css.dot} cx="114" cy="48" r="2" />
    </Drawing>
  );
}

function UseApp() {
  return (
    <Drawing>
      <Phone x={16}>
        <Person x={25} y={40} size={0.8} />
        <rect className={css.bar} x="6" y="72" width="38" height="16" rx="8" />
        <g className={css.dot}>
          <circle cx="18" cy="80" r="2" />
          <circle cx="25" cy="80" r="2" />
          <circle cx="32" cy="80" r="2" />
        </g>
      </Phone>
      <path className={css.ray} d="M70 80h14M84 80V50" />
      <rect className={css.screen} x="78" y="18" width="72" height="64" rx="6" />
      <path className={css.line} d="M90 30h44M90 70h34" />
      <rect className={css.lit} x="84" y="40" width="60" height="20" rx="6" />
      <ShareIcon x={98} y={49} />
      <path className={css.onLit} d="M112 50h24" />
    </Drawing>
  );
}

function UseComputer() {
  return (
    <Drawing>
      <Phone x={8}>
        <path className={css.cross} d="m14 38 22 22M36 38 14 60" />
      </Phone>
      <path className={css.arrow} d="M64 50h14m-5-5 5 5-5 5" />
      <rect className={css.screen} x="86" y="20" width="66" height="46" rx="4" />
      <path className={css.line} d="M80 78h76M92 66l-5 12m59-12 5 12" />
      <rect className={css.lit} x="105" y="32" width="28" height="22" rx="7" />
      <ShareIcon x={119} y={42} />
    </Drawing>
  );
}

/** Three for each kind of device, in order. */
export const pictures: Readonly<Record<'computer' | 'phone', readonly (() => VNode)[]>> = {
  computer: [PressShare, ChooseWindow, StopSharing],
  phone: [TurnCamera, UseApp, UseComputer],
};
