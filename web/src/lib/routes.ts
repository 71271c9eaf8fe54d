// Every page of the desk. A page gets its path's parameters as properties and keeps the rest of its state in the query.

import type { Route } from "./router";

export const routes: Route[] = [
  { path: "/", title: "Parley", page: () => import("../pages/Landing.svelte"), bare: true },
  { path: "/login", title: "Sign in", page: () => import("../pages/Login.svelte"), bare: true },
  { path: "/setup", title: "Set up", page: () => import("../pages/Setup.svelte"), bare: true },
  { path: "/account", title: "Account", page: () => import("../pages/Account.svelte") },
  { path: "/alerts", title: "Alerts", page: () => import("../pages/Alerts.svelte") },
  { path: "/:archive", title: "Today", page: () => import("../pages/Today.svelte") },
  { path: "/:archive/today", title: "Today", page: () => import("../pages/Today.svelte") },
  { path: "/:archive/articles", title: "Articles", page: () => import("../pages/Articles.svelte") },
  { path: "/:archive/article/:id", title: "Article", page: () => import("../pages/Article.svelte") },
  { path: "/:archive/entry/:id", title: "Entry", page: () => import("../pages/Entry.svelte") },
  { path: "/:archive/statements", title: "Statements", page: () => import("../pages/Statements.svelte") },
  { path: "/:archive/events", title: "Events", page: () => import("../pages/Events.svelte") },
  { path: "/:archive/commitments", title: "Commitments", page: () => import("../pages/Commitments.svelte") },
  { path: "/:archive/contradictions", title: "Contradictions", page: () => import("../pages/Contradictions.svelte") },
  { path: "/:archive/figures", title: "Figures", page: () => import("../pages/Figures.svelte") },
  { path: "/:archive/contacts", title: "Contacts", page: () => import("../pages/Contacts.svelte") },
  { path: "/:archive/ceasefire", title: "Ceasefires", page: () => import("../pages/Ceasefires.svelte") },
  { path: "/:archive/ceasefire/:id", title: "Ceasefire", page: () => import("../pages/Ceasefire.svelte") },
  { path: "/:archive/review", title: "Review", page: () => import("../pages/Review.svelte") },
  { path: "/:archive/actors", title: "Actors", page: () => import("../pages/Actors.svelte") },
  { path: "/:archive/actors/:id", title: "Actor", page: () => import("../pages/Actor.svelte") },
  { path: "/:archive/search", title: "Search", page: () => import("../pages/Search.svelte") },
  { path: "/:archive/decisions", title: "Decisions", page: () => import("../pages/Decisions.svelte") },
];

/** The navigation of an archive, in the order of an analyst's day. The key follows "g"; visitors do without what is for readers. */
export const navigation: { page: string; name: string; key: string; gap?: boolean; readers?: boolean }[] = [
  { page: "today", name: "Today", key: "t" },
  { page: "review", name: "Review", key: "r", readers: true },
  { page: "articles", name: "Articles", key: "a", gap: true },
  { page: "statements", name: "Statements", key: "s" },
  { page: "events", name: "Events", key: "e" },
  { page: "commitments", name: "Commitments", key: "c" },
  { page: "contradictions", name: "Contradictions", key: "x" },
  { page: "figures", name: "Figures", key: "f" },
  { page: "contacts", name: "Contacts", key: "k" },
  { page: "ceasefire", name: "Ceasefire", key: "z" },
  { page: "actors", name: "Actors", key: "p" },
  { page: "search", name: "Search", key: "/", gap: true, readers: true },
  { page: "decisions", name: "Decisions", key: "d", readers: true },
];
