/**
 * `booking_take`: any number of bookings or holds in one statement, each with an answer of its own.
 *
 * Slots are locked first, in order, so that takers of several slots never wait in a circle; what follows reads them as
 * they are then. A full slot is refused without a lock, so that a rush for it writes nothing. Seats go by place in the
 * batch; what breaks a rule of one person (two places at once, one a day) is left out by the constraints, and the seats
 * it would have had are reported as `again`. Key and answer are kept as `OnceOnly` keeps them.
 *
 * One plan serves batches of any size: by itself PostgreSQL would plan each call anew, which costs more than running it.
 *
 * Outcomes: `taken` · `kept` (with the answer given before) · `mismatch` · `stale` (the desk's rules changed) · `banned` ·
 * `full` · `lapsed` (full, but a hold has run out) · `again` · `conflict` (the person has another booking in the way, be it
 * their own hold of this slot).
 */
export const takeFunction = `
create function booking_undo() returns text language plpgsql as $$
begin raise exception 'a key was used for something else at the same moment' using errcode = '40001'; end $$;

create function booking_take(
  p_now timestamptz, p_ids uuid[], p_numbers text[], p_offerings text[], p_desks text[], p_revisions int[],
  p_starts timestamptz[], p_ends timestamptz[], p_capacities int[], p_dates date[], p_residents uuid[],
  p_persons uuid[], p_behalf boolean[], p_parties int[], p_limits text[], p_holds timestamptz[], p_words bytea[],
  p_reminds timestamptz[], p_events uuid[], p_types text[], p_payloads text[], p_scopes text[], p_keys text[],
  p_hashes bytea[], p_answers bytea[]
) returns table (n int, outcome text, kept bytea)
language plpgsql
set plan_cache_mode = force_generic_plan set jit = off
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off
as $$
#variable_conflict use_column
declare
  open_desks text[];
  open_starts timestamptz[];
begin
  insert into booking_slot (desk_id, starts_at, ends_at, capacity)
  select distinct on (g.desk_id, g.starts_at) g.desk_id, g.starts_at, g.ends_at, g.capacity
  from unnest(p_desks, p_starts, p_ends, p_capacities) as g (desk_id, starts_at, ends_at, capacity)
  where not exists (select from booking_slot s where s.desk_id = g.desk_id and s.starts_at = g.starts_at)
  order by g.desk_id, g.starts_at
  on conflict do nothing;

  select array_agg(l.desk_id), array_agg(l.starts_at) into open_desks, open_starts
  from (
    select s.desk_id, s.starts_at
    from (select distinct u.desk_id, u.starts_at from unnest(p_desks, p_starts) as u (desk_id, starts_at)) g
    join booking_slot s on s.desk_id = g.desk_id and s.starts_at = g.starts_at
    where s.taken < s.capacity
    order by s.desk_id, s.starts_at for update of s
  ) l;

  return query
  with given as materialized (
    select g.n::int, g.id, g.number, g.offering_id, g.desk_id, g.revision, g.starts_at, g.ends_at, g.on_date,
      g.resident_id, g.person, g.behalf, g.party, g.limit_key, g.hold, g.words, g.remind, g.event, g.type, g.payload,
      g.scope, g.key, g.hash, g.answer
    from unnest(p_ids, p_numbers, p_offerings, p_desks, p_revisions, p_starts, p_ends, p_dates, p_residents, p_persons,
        p_behalf, p_parties, p_limits, p_holds, p_words, p_reminds, p_events, p_types, p_payloads, p_scopes, p_keys,
        p_hashes, p_answers) with ordinality
      as g (id, number, offering_id, desk_id, revision, starts_at, ends_at, on_date, resident_id, person,
        behalf, party, limit_key, hold, words, remind, event, type, payload, scope, key, hash, answer, n)
  ), known as materialized (
    select g.n, i.request_hash = g.hash as same, i.body
    from given g join platform_idempotency i on i.scope = g.scope and i.key = g.key
    where i.created_at >= p_now - interval '24 hours'
  ), judged as materialized (
    select g.n, s.free, d.revision = g.revision as current,
      exists (select from booking_ban b where b.person = g.person and b.until_at > p_now
        and b.from_at <= p_now and b.decision is distinct from 'lifted') as banned,
      exists (select from known k where k.n = g.n) as known
    from given g
    join booking_desk d on d.id = g.desk_id
    left join lateral (
      select o.capacity - o.taken as free from booking_slot o
      where o.desk_id = g.desk_id and o.starts_at = g.starts_at
        and exists (select from unnest(open_desks, open_starts) as u (desk_id, starts_at)
          where u.desk_id = o.desk_id and u.starts_at = o.starts_at)
    ) s on true
  ), chosen as materialized (
    select r.* from (
      select g.*, j.free, sum(g.party) over (partition by g.desk_id, g.starts_at order by g.n) as upto
      from given g join judged j on j.n = g.n
      where j.free >= g.party and j.current and not j.banned and not j.known
    ) r where r.upto <= r.free
  ), entered as (
    insert into booking_booking (id, number, offering_id, desk_id, starts_at, ends_at, on_date, resident_id, person,
      on_behalf, party, state, limit_key, held_until, words, remind_at, made_at)
    select c.id, c.number, c.offering_id, c.desk_id, c.starts_at, c.ends_at, c.on_date, c.resident_id, c.person,
      c.behalf, c.party, case when c.hold is null then 'booked' else 'held' end, c.limit_key, c.hold, c.words,
      c.remind, p_now
    from chosen c order by c.n
    on conflict do nothing returning id
  ), done as materialized (
    select c.n, c.desk_id, c.starts_at, c.party, c.event, c.type, c.payload, c.scope, c.key, c.hash, c.answer
    from chosen c join entered e on e.id = c.id
  ), counted as (
    update booking_slot s set taken = s.taken + t.seats
    from (select d.desk_id, d.starts_at, sum(d.party) as seats from done d group by 1, 2) t
    where s.desk_id = t.desk_id and s.starts_at = t.starts_at
  ), told as (
    insert into platform_outbox (id, type, payload, at)
    select d.event, d.type, d.payload::jsonb, p_now from done d where d.event is not null
  ), remembered as (
    insert into platform_idempotency as i (scope, key, request_hash, body, created_at)
    select d.scope, d.key, d.hash, d.answer, p_now from done d where d.scope is not null
    on conflict (scope, key) do update set request_hash = excluded.request_hash, body = excluded.body,
      created_at = excluded.created_at
    where i.created_at < p_now - interval '24 hours'
    returning 1 as one
  ), owed as (
    select (select count(*) from done d where d.scope is not null) - (select count(*) from remembered) as unkept
  )
  select g.n, case
      when k.n is not null then case when k.same then 'kept' else 'mismatch' end
      when o.unkept <> 0 then booking_undo()
      when d.n is not null then 'taken'
      when not j.current then 'stale'
      when j.banned then 'banned'
      when c.n is not null then 'conflict'
      when j.free - coalesce((select sum(t.party) from done t where t.desk_id = g.desk_id and t.starts_at = g.starts_at), 0)
        >= g.party then 'again'
      else coalesce((
        select case when b.person = g.person and b.held_until > p_now then 'conflict' else 'lapsed' end
        from booking_booking b
        where b.desk_id = g.desk_id and b.starts_at = g.starts_at and b.state = 'held'
          and (b.person = g.person or b.held_until <= p_now)
        order by b.held_until desc limit 1), 'full')
    end, k.body
  from given g
  join judged j on j.n = g.n
  cross join owed o
  left join known k on k.n = g.n
  left join chosen c on c.n = g.n
  left join done d on d.n = g.n;
end $$`;
