import { Writer } from './act/crm-writer.ts';
import { Spool } from './capture/spool.ts';
import { compose } from './compose.ts';
import { BadEnvironment, type Env } from './env.ts';
import { LiveCall } from './guide/live-call.ts';
import { problemResponse } from './http/problem.ts';
import { takeBatch } from './jobs.ts';
import { joinRooms } from './join-rooms.ts';
import { Relations } from './relate/graph/relationship-graph.ts';

const opened = new WeakMap<object, ReturnType<typeof joinRooms>>();

/** One set of services for each environment: settings are parsed once, not once a request. */
function servicesOf(env: Env) {
  const known = opened.get(env);
  if (known) return known;
  const services = joinRooms(compose(env));
  opened.set(env, services);
  return services;
}

export class CallSession extends LiveCall<Env> {
  protected override readonly services = servicesOf(this.env).guide;
}

export class CrmWriter extends Writer<Env> {
  protected override readonly services = servicesOf(this.env).writer;
}

export class CallSpool extends Spool<Env> {
  protected override readonly services = servicesOf(this.env).spool;
}

export class RelationshipGraph extends Relations<Env> {
  protected override readonly services = servicesOf(this.env).graph;
}

export default {
  async fetch(request, env, ctx) {
    try {
      return await servicesOf(env).app().fetch(request, env, ctx);
    } catch (error) {
      if (error instanceof BadEnvironment) return problemResponse(503, error.message);
      throw error;
    }
  },
  async queue(batch, env) {
    await takeBatch(servicesOf(env).jobs, batch);
  },
  async scheduled(_event, env, ctx) {
    const { sweep, watch } = servicesOf(env);
    ctx.waitUntil(watch());
    await sweep();
  },
} satisfies ExportedHandler<Env>;
