-- What every batch begins with: whose rows the policies let through, until the batch's end.
SELECT set_config('app.tenant_id', :tenant, true), set_config('app.account_id', :account, true),
  set_config('app.session_id', :session, true)
