// Applies a chosen theme before the first paint. A file of its own, because the content security policy allows no inline script.
try {
  const { theme, density } = JSON.parse(localStorage.getItem('tollgate.settings') ?? '{}');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
  if (density === 'comfortable') document.documentElement.dataset.density = density;
} catch {
  // Without storage the theme of the system applies.
}
