import { mount } from 'svelte';
import App from './app/App.svelte';
import './app/tokens.css';
import './app/base.css';

// The proxy was replaced by another version while this page was open: its files are gone, so the page is loaded anew.
addEventListener('vite:preloadError', (event) => {
  event.preventDefault();
  const last = Number(sessionStorage.getItem('reloaded') ?? 0);
  if (Date.now() - last < 10_000) return;
  sessionStorage.setItem('reloaded', String(Date.now()));
  location.reload();
});

mount(App, { target: document.getElementById('app')! });
