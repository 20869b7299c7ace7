import { json, noSuchPath, notFound } from './answer.ts';
import type { ObjectType } from './schema.ts';
import type { HubspotState, Pipeline, Stage } from './state.ts';

const at = '2020-01-01T00:00:00Z';

/** `GET /crm/pipelines/2026-09/{type}…` and `/crm/v3/pipelines/…` (crm-pipelines.json). Only deals have pipelines here. */
export function pipelines(state: HubspotState, method: string, type: ObjectType, rest: string[]): Response {
  if (method !== 'GET') throw noSuchPath();
  const all = type === 'deals' ? state.pipelines : [];
  const [pipelineId, word, stageId] = rest;
  if (pipelineId === undefined) return json(200, { results: all.map(show) });
  const pipeline = all.find(({ id }) => id === pipelineId);
  if (!pipeline) throw notFound(pipelineId);
  if (word === undefined) return json(200, show(pipeline));
  if (word !== 'stages') throw noSuchPath();
  if (stageId === undefined) return json(200, { results: pipeline.stages.map(showStage) });
  const stage = pipeline.stages.find(({ id }) => id === stageId);
  if (!stage) throw notFound(stageId);
  return json(200, showStage(stage));
}

const show = ({ stages, ...pipeline }: Pipeline) => ({
  ...pipeline,
  stages: stages.map(showStage),
  createdAt: at,
  updatedAt: at,
  archived: false,
});
const showStage = (stage: Stage) => ({
  ...stage,
  createdAt: at,
  updatedAt: at,
  archived: false,
  writePermissions: 'CRM_PERMISSIONS_ENFORCEMENT',
});
