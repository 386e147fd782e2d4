// Before the first paint, so that a chosen theme never flashes; the rest is in parts/preferences.ts.
try {
  const theme = localStorage.getItem('relevo.theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch {
  // Storage is off: the system's theme it is.
}
