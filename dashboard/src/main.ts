import { mount } from 'svelte';
import { api, ApiFailure } from './api/http';
import App from './app/App.svelte';
import './app/tokens.css';
import './app/base.css';

// The proxy was replaced by another version while this page was open: its files are gone, so the page is loaded anew. Not
// when the proxy is away: then the page would be gone, too.
addEventListener('vite:preloadError', (event) => {
  event.preventDefault();
  const last = Number(sessionStorage.getItem('reloaded') ?? 0);
  if (Date.now() - last < 10_000) return;
  const reload = () => {
    sessionStorage.setItem('reloaded', String(Date.now()));
    location.reload();
  };
  api.livez().then(reload, (problem: unknown) => {
    if (problem instanceof ApiFailure && problem.status > 0) reload();
  });
});

mount(App, { target: document.getElementById('app')! });
