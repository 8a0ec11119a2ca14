// Runs before the first paint: appearance and language as they were chosen last time.
{
  const theme = localStorage.getItem("hexdesk.theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
  const language = localStorage.getItem("hexdesk.language");
  if (language) document.documentElement.lang = language;
}
