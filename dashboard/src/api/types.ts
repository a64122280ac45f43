import type { components } from './schema';

type Schemas = components['schemas'];

export type ExchangeSummary = Schemas['ExchangeSummary'];
export type ExchangePage = Schemas['ExchangePage'];
export type ExchangeDetail = Schemas['ExchangeDetail'];
export type EventPage = Schemas['EventPage'];
export type StreamEvent = Schemas['StreamEvent'];
export type HeaderLine = Schemas['Header'];
export type Body = Schemas['Body'];
export type Timing = Schemas['Timing'];
export type Folding = Schemas['Folding'];
export type Livez = Schemas['LivezResponse'];
export type Outcome = Schemas['Outcome'];
export type Kind = Schemas['Kind'];
export type Problem = Schemas['Problem'];
