-- One owner's best partners as a blocking join; the same score as the engine's, declared markets left aside.
with wanted as (
    select f.t as service, sum(m.sure * f.after) / $total as out, sum(m.sure * f.before) as inward,
           coalesce(max(case when m.service = f.t then m.sure end), 0) as ours
    from offer m join flow f on f.s = m.service where m.id = $owner group by f.t
), near as (
    select b.*, 2 * 6371.0088 * asin(sqrt(least(1, sin(radians(lat - $lat) / 2) ** 2
           + cos(radians(lat)) * cos(radians($lat)) * sin(radians(lon - $lon) / 2) ** 2))) as km
    from business b where b.id <> $owner and (b.cell_y between $south and $north and b.cell_x between $west and $east
           or b.radii_km > 80 or b.lat is null)
), pair as (
    select n.id, sum(o.sure * w.out) / any_value(n.sure) as out, sum(o.sure * w.inward) / any_value(n.served) as inward,
           sum(least(o.sure, w.ours)) as same
    from near n join offer o on o.id = n.id join wanted w on w.service = o.service group by n.id
), shared as (
    select n.*, p.out, p.inward, p.same, least(n.radii_km, $radius) as small, greatest(n.radii_km, $radius) as large,
           case when km is null then null when km <= abs(n.radii_km - $radius) then pi() * least(n.radii_km, $radius) ** 2
           when km >= n.radii_km + $radius then 0 else greatest(0, small ** 2
           * acos(greatest(-1, least(1, (km ** 2 + small ** 2 - large ** 2) / (2 * km * small)))) + large ** 2
           * acos(greatest(-1, least(1, (km ** 2 + large ** 2 - small ** 2) / (2 * km * large))))
           - sqrt(greatest(0, (small + large - km) * (km + small - large) * (km - small + large)
           * (km + small + large))) / 2) end as lens
    from near n join pair p using (id)
), side as (
    select *, coalesce(lens / (pi() * $radius ** 2), 0.5) as covers, coalesce(lens / (pi() * radii_km ** 2), 0.5) as cov,
           least(1, same * coalesce(lens / (pi() * small ** 2), 1)) as overlap,
           pow(greatest(1, usual_clients), $personal) as known from shared
), worth as (
    select id, overlap, out * covers * sure * (1 - least(overlap, .99)) * known * refers * $to_them as to_them,
           inward * cov * sure * (1 - least(overlap, .99)) * breadth * busier * known * refers * $to_us as to_us,
           out * covers * sure * (1 - least(overlap, .99)) * order_usd * $for_them as for_them,
           inward * cov * sure * (1 - least(overlap, .99)) * clients * refers * $for_us as for_us from side
)
select id, 4 / (1 + exp(1.2 - .6 * ln(1 + for_them / 1000)) + 1 + exp(1.2 - .6 * ln(1 + for_us / 1000)))
       * to_them * to_us / (to_them + to_us) as score
from worth where overlap < $competes and to_them > 0 and to_us > 0 order by score desc, id limit $wanted;
