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
export type Context = Schemas['Context'];
export type ContextSegment = Schemas['ContextSegment'];
export type ContextItem = Schemas['ContextItem'];
export type ContextUnused = Schemas['ContextUnused'];
export type PartKind = Schemas['PartKind'];
export type CacheState = Schemas['CacheState'];
export type CacheVerdict = Schemas['Cache'];
export type Changes = Schemas['Changes'];
export type ChangesBlock = Schemas['ChangesBlock'];
export type Cost = Schemas['Cost'];
export type CostLine = Schemas['CostLine'];
