-- The section Soluciones: what the company has of the catalogue.
SELECT s.solution, s.plan, s.trial_ends_at, s.activated_at,
  solution_status(s.state, s.trial_ends_at, now()) AS status
FROM company_solution s WHERE s.tenant_id = :tenant AND s.state <> 'INACTIVE'
