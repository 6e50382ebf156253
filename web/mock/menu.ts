import { currentScenario, openScenario, SCENARIOS } from './scenarios';

/** A small menu in the corner that opens every scenario; `?menu=off` hides it. */
export function installMenu(): void {
  if (new URLSearchParams(location.search).get('menu') === 'off') sessionStorage.setItem('callisto.mock.menu', 'off');
  if (sessionStorage.getItem('callisto.mock.menu') === 'off') return;
  const select = document.createElement('select');
  select.setAttribute('aria-label', 'Scenario');
  Object.assign(select.style, {
    position: 'fixed',
    right: '8px',
    bottom: '8px',
    zIndex: '2000',
    font: '12px sans-serif',
  });
  for (const scenario of SCENARIOS) select.add(new Option(scenario, scenario, false, scenario === currentScenario()));
  select.addEventListener('change', () => {
    const chosen = SCENARIOS.find((one) => one === select.value);
    if (chosen !== undefined) openScenario(chosen);
  });
  document.body.append(select);
}
