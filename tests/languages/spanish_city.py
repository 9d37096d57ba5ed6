"""A city that has everything that there is a page type for, and writes all of it in Spanish."""

from __future__ import annotations

from collections.abc import Mapping

from cities import with_files
from languages.spoken_cities import IN_SPANISH

SITE = """\
name: Ciudad Ejemplo
tagline: Lo que la ciudad sabe, para todos.
description: La ciudad publica lo que reúne.
notice: Los registros son inventados.
spatial: Ciudad Ejemplo
license: cc0-1.0
languages: [es]
twins: all
standards: [carta]
requests: {email: datos@example.gov, days: 10}
repository: {url: https://github.com/ciudad/datos, path: catalog}
contact: {name: Equipo de datos, email: datos@example.gov, phone: 704-555-0100}
"""
REPAIRS = """\
title: Reparación de baches
summary: Todos los baches que reparó la ciudad.
description: "Cada reparación, con su **fecha**."
publisher: parks
topics: [nature]
frequency: monthly
keywords: [bache]
issued: 2025-01-01
modified: 2026-06-15
temporal: {start: 2026-03-01, end: 2026-05-31}
spatial: Toda la ciudad
each_row_is: Una reparación
known_limits: Faltan las calles privadas.
system_of_record: Órdenes de trabajo
sensitivity: internal
value: high
landing_page: https://www.example.gov/calles
formerly: [baches]
release_review:
  benefit: Los vecinos ven lo que se hizo.
  risk: Una reparación no dice nada de quien vive cerca.
  level: low
  reviewer: Asesoría jurídica
  on: 2026-01-12
  expires: 2027-01-12
  acknowledged: [{column: phone, kind: phone, reason: Es de la ciudad.}]
anonymity: [{quasi_identifiers: [district], k: 2}]
files:
  - {path: repairs.csv, title: Reparaciones}
columns:
  closed: {title: Cuándo se reparó, type: date}
  kind: {title: Qué se reparó, values: {POTHOLE: Bache, SIGN: Señal}}
  days: {title: Días hábiles hasta entonces, type: integer, unit: días, minimum: 0}
  district: {title: Distrito, type: integer}
  phone: {title: Teléfono del taller}
questions:
  - {question: ¿Cuánto tarda una reparación?, measure: median, of: days, where: {closed: {from: 2026-03-01, to: 2026-05-31}}}
charts:
  - {title: Reparaciones por mes, measure: count, by: closed, per: month}
notes: {Origen: Del taller municipal}
"""
ROWS = """\
closed,kind,days,district,phone
2026-03-02,POTHOLE,1,1,704-555-0100
2026-03-09,POTHOLE,5,2,704-555-0100
2026-04-01,SIGN,2,1,704-555-0100
2026-04-20,POTHOLE,2,2,704-555-0100
2026-05-04,POTHOLE,3,1,704-555-0100
2026-05-11,POTHOLE,9,2,704-555-0100
"""
ON_TIME = """\
title: Baches reparados en 3 días hábiles
description: Del aviso a la reparación.
goal: smooth-streets
type: quality
unit: percent
direction: up
compute: {dataset: repairs, where: kind == 'POTHOLE', ratio: {good: days <= 3}, date: closed, by: [district]}
baseline: {period: 2025, value: 40}
targets:
  - {until: 2026-12, value: 80, set_on: 2026-01-01, set_by: Concejo municipal}
  - {until: 2026-12, value: 85, set_on: 2026-03-01, set_by: Concejo municipal, reason: Hay otra cuadrilla.}
actions: [{title: Contratar otra cuadrilla, owner: parks, due: 2026-05-01, state: under-way}]
reviews:
  - {date: 2026-05-20, by: Gerencia municipal, notes: Va mejor., follow_ups: [{what: Informar, owner: parks, due: 2026-06-01}]}
benchmarks: [{title: Mediana de cinco ciudades, value: 82, period: 2025, source: "https://example.org/valores"}]
breaks: [{period: 2026-04, reason: Se cuenta desde el aviso.}]
"""
SATISFACTION = """\
title: Residentes satisfechos con las calles
goal: smooth-streets
type: outcome
unit: percent
direction: up
period: {grain: year}
readings:
  - {period: 2024, value: 48, entered_by: Secretaría, entered_on: 2024-11-04, evidence: "https://example.gov/encuesta"}
  - {period: 2025, value: 53, entered_by: Secretaría, entered_on: 2025-11-03}
targets: [{until: 2028, value: 60, set_on: 2025-01-06, set_by: Concejo municipal}]
"""
CHARTER = """\
title: Nuestra carta de datos
publisher: Concejo municipal
version: "2026"
areas: {open: {title: Abierto}, kept: {title: Cuidado}}
criteria:
  policy: {title: Hay una política, area: open, says: Escríbala., checks: {table: rules, where: kind == 'policy', least: 1}}
  frequent: {title: Se dice cada cuánto, area: open, checks: {table: datasets, good: has_frequency and has_limits, share: 1}}
  late: {title: Nada está atrasado, area: kept, checks: {table: datasets, good: freshness == 'on-time', share: 0.9}}
  steward: {title: Hay responsable, area: kept, says: Nómbrelo., attest: Quién es.}
  trained: {title: El personal está formado, area: kept, attest: Qué curso., after: [steward]}
levels: [{id: begun, title: Comenzado, share: 0.5}, {id: whole, title: Completo, share: 0.8, each_area: 0.6}]
"""
POLICY = """\
---
title: Política de datos abiertos
summary: Qué publica la ciudad.
kind: policy
owner: parks
adopted: 2015-11-09
by: Concejo municipal
code: Código 2-341
reviewed: 2025-01-20
review_by: 2026-01-20
---
Todo, **salvo** lo que perjudica a alguien.
"""
GUIDE = """\
---
title: Averigüe cuánto tarda un bache
summary: Para quien espera una reparación.
topics: [nature]
datasets: [repairs]
reviewed: 2026-05-02
---
Hay {{ rows repairs }} reparaciones, la última del {{ updated repairs }}. Tardan {{ answer repairs 1 }}.
En plazo: {{ measure on-time }}, {{ status on-time }}.
"""
EVERYTHING: Mapping[str, str | bytes] = with_files(IN_SPANISH, {
    "site.yaml": SITE, "standards/carta.yaml": CHARTER,
    "publishers/parks.yaml": "title: Parques y Recreación\ndescription: Cuida los parques.\n",
    "publishers/clerk.yaml": "title: Secretaría\nparent: parks\n",
    "datasets/repairs/dataset.yaml": REPAIRS, "datasets/repairs/repairs.csv": ROWS,
    "datasets/lamps/dataset.yaml": "title: Farolas\nsummary: Todas las farolas.\npublisher: clerk\nstatus: planned\n"
    "reason: Se están contando.\nrelease: {on: 2026-05-31, steps: Contar el resto., earlier: [2026-03-31]}\nkeywords: [luz]\n"
    "modified: 2026-01-05\n",
    "datasets/complaints/dataset.yaml": "title: Quejas\nsummary: Quién se quejó.\npublisher: clerk\nstatus: restricted\n"
    "reason: Nombra a personas.\nsensitivity: protected\nkeywords: [quejas]\nmodified: 2026-01-05\n",
    "goals/smooth-streets.yaml": "title: Las calles se reparan a tiempo\npriority: well-run\nowner: parks\nheadline: on-time\n"
    "next_report: 2026-07-15\nheard: [{date: 2026-04-01, how: En una reunión, says: Más rápido., answer: Así será.}]\n",
    "measures/on-time/measure.yaml": ON_TIME, "measures/satisfaction/measure.yaml": SATISFACTION,
    "attestations/steward.yaml": "criteria: [carta/steward]\nclaim: La secretaria es la responsable.\n"
    "evidence: [/policy/open-data/]\nby: Secretaría municipal\non: 2026-01-05\nexpires: 2027-01-05\n",
    "assessments/carta-2026-01-31.yaml": "standard: carta\nversion: \"2026\"\non: 2026-01-31\n"
    "answers: {policy: met, frequent: not-met, late: met, steward: not-met, trained: not-met}\n",
    "commitments/lamps.yaml": "title: Publicar todas las farolas\nowner: clerk\npromised: 2025-09-01\ndue: 2026-03-31\n"
    "state: under-way\ndatasets: [lamps]\n",
    "commitments/repairs.yaml": "title: Publicar las reparaciones cada mes\nowner: parks\npromised: 2024-11-04\n"
    "due: 2025-01-01\nstate: kept\nsettled: 2025-01-01\nevidence: /data/repairs/\ndatasets: [repairs]\n",
    "requests/complaints.yaml": "title: Quejas sobre mi casa\nasked: 2026-03-02\nowner: clerk\nstate: refused\n"
    "answered: 2026-03-30\nreason: Diría quién se quejó.\ndatasets: [complaints]\n",
    "requests/lamps.yaml": "title: Farolas apagadas\nasked: 2026-06-01\nasker: resident\nowner: clerk\nstate: planned\n"
    "answered: 2026-06-08\nanswer: Vendrán con las farolas.\ndatasets: [lamps]\n",
    "requests/benches.yaml": "title: Bancos\nasked: 2026-05-01\n",
    "uses/bumps.yaml": "title: Un mapa de baches\nkind: app\nby: Una ciclista\ndate: 2026-04-01\n"
    "link: https://example.org/baches\ndatasets: [repairs]\nchange: Se revisaron dos calles.\n",
    "policy/open-data.md": POLICY,
    "policy/board-2026-05.md": "---\ntitle: Consejo de datos, mayo\nkind: meeting\nheld: 2026-05-12\n---\nSe acordó.\n",
    "policy/board-2026-03.md": "---\ntitle: Consejo de datos, marzo\nkind: meeting\nheld: 2026-03-10\n---\n",
    "policy/board-2026-09.md": "---\ntitle: Consejo de datos, septiembre\nkind: meeting\nheld: 2026-09-08\n---\n",
    "guides/potholes.md": GUIDE,
    "changes/2026-05-20-days.md": "---\ntitle: Los días se contaron dos veces\nkind: correction\n"
    "reason: Dos oficinas avisaron.\ndatasets: [repairs]\nmeasures: [on-time]\ncolumns: [days]\nby: parks\n---\nYa no.\n",
    "usage.csv": "month,dataset,views,downloads\n2026-05,repairs,40,6\n2026-06,repairs,52,9\n",
    "links/2026-06-28.csv": "url,is_well,status,says,checked\nhttps://example.org/baches,true,200,200 OK,2026-06-28\n",
})
