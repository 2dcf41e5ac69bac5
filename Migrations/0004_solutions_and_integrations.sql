-- The catalogues that do not depend on a country: languages, currencies, solutions, plans and
-- integrations. Which country version has which of them stands in the country's own file.

set local role hub_owner;

insert into language (code, name, position) values
  ('es', 'Español', 1),
  ('en', 'English', 2),
  ('pt', 'Português', 3);

insert into currency (code, symbol, names) values
  ('COP', '$',   '{"es": "Peso colombiano", "en": "Colombian peso", "pt": "Peso colombiano"}'),
  ('MXN', '$',   '{"es": "Peso mexicano", "en": "Mexican peso", "pt": "Peso mexicano"}'),
  ('CRC', '₡',   '{"es": "Colón costarricense", "en": "Costa Rican colón", "pt": "Colón costarriquenho"}'),
  ('DOP', 'RD$', '{"es": "Peso dominicano", "en": "Dominican peso", "pt": "Peso dominicano"}'),
  ('PEN', 'S/',  '{"es": "Sol peruano", "en": "Peruvian sol", "pt": "Sol peruano"}'),
  ('PAB', 'B/.', '{"es": "Balboa panameño", "en": "Panamanian balboa", "pt": "Balboa panamenho"}'),
  ('ARS', '$',   '{"es": "Peso argentino", "en": "Argentine peso", "pt": "Peso argentino"}'),
  ('CLP', '$',   '{"es": "Peso chileno", "en": "Chilean peso", "pt": "Peso chileno"}'),
  ('EUR', '€',   '{"es": "Euro", "en": "Euro", "pt": "Euro"}'),
  ('USD', '$',   '{"es": "Dólar estadounidense", "en": "US dollar", "pt": "Dólar americano"}');

insert into plan (code, position, labels) values
  ('emprendedor', 1, '{"es": "Emprendedor", "en": "Entrepreneur", "pt": "Empreendedor"}'),
  ('pyme',        2, '{"es": "PYME", "en": "Small business", "pt": "PME"}'),
  ('pro',         3, '{"es": "PRO"}'),
  ('plus',        4, '{"es": "PLUS"}');

-- Solutions ---------------------------------------------------------------------------------------

insert into solution (code, position, launch_url, descriptions) values
  ('accounting', 1, 'https://contabilidad.alegra.example/', '{
    "es": "Automatiza toda la contabilidad de tu negocio.",
    "en": "Automate all of your business''s accounting.",
    "pt": "Automatize toda a contabilidade do seu negócio."}'),
  ('invoicing', 2, 'https://facturacion.alegra.example/', '{
    "es": "Crea y envía facturas electrónicas cumpliendo con todos los requisitos del ente fiscal de tu país.",
    "en": "Create and send electronic invoices that meet all the requirements of your country''s tax authority.",
    "pt": "Crie e envie faturas eletrônicas cumprindo todos os requisitos do órgão fiscal do seu país."}'),
  ('payroll', 3, 'https://nomina.alegra.example/', '{
    "es": "Emite la nómina de tu equipo ante la DIAN.",
    "en": "Issue your team''s payroll to the DIAN, Colombia''s tax authority.",
    "pt": "Emita a folha de pagamento da sua equipe perante a DIAN, o órgão fiscal da Colômbia."}'),
  ('pos', 4, 'https://pos.alegra.example/', '{
    "es": "Genera facturas de forma simple y rápida en tu punto de venta.",
    "en": "Make invoices simply and quickly at your point of sale.",
    "pt": "Gere faturas de forma simples e rápida no seu ponto de venda."}'),
  ('store', 5, 'https://tienda.alegra.example/', '{
    "es": "Crea tu tienda online y comienza a vender por internet en minutos.",
    "en": "Create your online store and start selling on the internet in minutes.",
    "pt": "Crie a sua loja online e comece a vender pela internet em minutos."}');

-- Integrations ------------------------------------------------------------------------------------

insert into integration (code, position, category, name, documentation_url, descriptions) values
  ('payu', 1, 'ONLINE_PAYMENTS', 'PayU', 'https://developers.payulatam.com/', '{
    "es": "Recibe pagos en línea de tus facturas con tarjeta, transferencia o efectivo.",
    "en": "Get your invoices paid online by card, bank transfer or cash.",
    "pt": "Receba pagamentos online das suas faturas com cartão, transferência ou dinheiro."}'),
  ('mercadopago', 2, 'ONLINE_PAYMENTS', 'Mercado Pago', 'https://www.mercadopago.com/developers/', '{
    "es": "Cobra tus facturas con los medios de pago de Mercado Pago.",
    "en": "Get your invoices paid with Mercado Pago''s means of payment.",
    "pt": "Cobre as suas faturas com os meios de pagamento do Mercado Pago."}'),
  ('wompi', 3, 'ONLINE_PAYMENTS', 'Wompi', 'https://docs.wompi.co/', '{
    "es": "Recibe pagos con tarjeta, PSE, Nequi y Bancolombia.",
    "en": "Take payments by card, PSE, Nequi and Bancolombia.",
    "pt": "Receba pagamentos com cartão, PSE, Nequi e Bancolombia."}'),
  ('epayco', 4, 'ONLINE_PAYMENTS', 'ePayco', 'https://docs.epayco.com/', '{
    "es": "Recibe pagos en línea y en puntos de efectivo de toda Colombia.",
    "en": "Take payments online and at cash points all over Colombia.",
    "pt": "Receba pagamentos online e em pontos de dinheiro de toda a Colômbia."}'),
  ('bold', 5, 'ONLINE_PAYMENTS', 'Bold', 'https://developers.bold.co/', '{
    "es": "Cobra en línea con enlaces y botones de pago.",
    "en": "Get paid online with payment links and buttons.",
    "pt": "Cobre online com links e botões de pagamento."}'),
  ('conekta', 6, 'ONLINE_PAYMENTS', 'Conekta', 'https://developers.conekta.com/', '{
    "es": "Recibe pagos con tarjeta, transferencia SPEI y efectivo.",
    "en": "Take payments by card, SPEI transfer and cash.",
    "pt": "Receba pagamentos com cartão, transferência SPEI e dinheiro."}'),
  ('openpay', 7, 'ONLINE_PAYMENTS', 'Openpay', 'https://documents.openpay.mx/', '{
    "es": "Recibe pagos con tarjeta, en tiendas y por transferencia.",
    "en": "Take payments by card, in shops and by bank transfer.",
    "pt": "Receba pagamentos com cartão, em lojas e por transferência."}'),
  ('kushki', 8, 'ONLINE_PAYMENTS', 'Kushki', 'https://docs.kushki.com/', '{
    "es": "Recibe pagos en línea en varios países con una sola conexión.",
    "en": "Take online payments in several countries through one connection.",
    "pt": "Receba pagamentos online em vários países com uma única conexão."}'),
  ('stripe', 9, 'ONLINE_PAYMENTS', 'Stripe', 'https://docs.stripe.com/', '{
    "es": "Recibe pagos con tarjetas y billeteras digitales de todo el mundo.",
    "en": "Take payments by cards and digital wallets from all over the world.",
    "pt": "Receba pagamentos com cartões e carteiras digitais de todo o mundo."}'),
  ('paypal', 10, 'ONLINE_PAYMENTS', 'PayPal', 'https://developer.paypal.com/', '{
    "es": "Recibe pagos de clientes de todo el mundo con su cuenta PayPal o su tarjeta.",
    "en": "Take payments from customers all over the world, by PayPal account or card.",
    "pt": "Receba pagamentos de clientes de todo o mundo com a conta PayPal ou o cartão deles."}'),
  ('zapier', 11, 'ZAPIER', 'Zapier', 'https://docs.zapier.com/', '{
    "es": "Conecta tus soluciones con miles de aplicaciones y automatiza tareas sin programar.",
    "en": "Connect your solutions with thousands of applications and automate tasks without code.",
    "pt": "Conecte as suas soluções a milhares de aplicativos e automatize tarefas sem programar."}');

-- Zapier has no fields: connecting it shows a token once instead of asking for one.
insert into integration_credential_field
  (integration, name, position, secret, required, labels)
values
  ('payu', 'apiKey', 1, true, true, '{
    "es": "API Key", "en": "API key", "pt": "Chave de API"}'),
  ('payu', 'merchantId', 2, false, true, '{
    "es": "Id comercio", "en": "Merchant ID", "pt": "ID do comércio"}'),
  ('payu', 'accountId', 3, false, true, '{
    "es": "Id cuenta", "en": "Account ID", "pt": "ID da conta"}'),
  ('mercadopago', 'publicKey', 1, false, true, '{
    "es": "Clave pública", "en": "Public key", "pt": "Chave pública"}'),
  ('mercadopago', 'accessToken', 2, true, true, '{
    "es": "Token de acceso", "en": "Access token", "pt": "Token de acesso"}'),
  ('wompi', 'publicKey', 1, false, true, '{
    "es": "Llave pública", "en": "Public key", "pt": "Chave pública"}'),
  ('wompi', 'privateKey', 2, true, true, '{
    "es": "Llave privada", "en": "Private key", "pt": "Chave privada"}'),
  ('wompi', 'integritySecret', 3, true, true, '{
    "es": "Secreto de integridad", "en": "Integrity secret", "pt": "Segredo de integridade"}'),
  ('wompi', 'eventsSecret', 4, true, false, '{
    "es": "Secreto de eventos", "en": "Events secret", "pt": "Segredo de eventos"}'),
  ('epayco', 'customerId', 1, false, true, '{
    "es": "Id de cliente (P_CUST_ID_CLIENTE)", "en": "Customer ID (P_CUST_ID_CLIENTE)",
    "pt": "ID de cliente (P_CUST_ID_CLIENTE)"}'),
  ('epayco', 'publicKey', 2, false, true, '{
    "es": "Llave pública", "en": "Public key", "pt": "Chave pública"}'),
  ('epayco', 'privateKey', 3, true, true, '{
    "es": "Llave privada", "en": "Private key", "pt": "Chave privada"}'),
  ('bold', 'identityKey', 1, false, true, '{
    "es": "Llave de identidad", "en": "Identity key", "pt": "Chave de identidade"}'),
  ('bold', 'secretKey', 2, true, true, '{
    "es": "Llave secreta", "en": "Secret key", "pt": "Chave secreta"}'),
  ('conekta', 'publicKey', 1, false, true, '{
    "es": "Llave pública", "en": "Public key", "pt": "Chave pública"}'),
  ('conekta', 'privateKey', 2, true, true, '{
    "es": "Llave privada", "en": "Private key", "pt": "Chave privada"}'),
  ('openpay', 'merchantId', 1, false, true, '{
    "es": "Id de comercio", "en": "Merchant ID", "pt": "ID do comércio"}'),
  ('openpay', 'publicKey', 2, false, true, '{
    "es": "Llave pública", "en": "Public key", "pt": "Chave pública"}'),
  ('openpay', 'privateKey', 3, true, true, '{
    "es": "Llave privada", "en": "Private key", "pt": "Chave privada"}'),
  ('kushki', 'publicMerchantId', 1, false, true, '{
    "es": "Credencial pública", "en": "Public credential", "pt": "Credencial pública"}'),
  ('kushki', 'privateMerchantId', 2, true, true, '{
    "es": "Credencial privada", "en": "Private credential", "pt": "Credencial privada"}'),
  ('stripe', 'publishableKey', 1, false, true, '{
    "es": "Clave publicable", "en": "Publishable key", "pt": "Chave publicável"}'),
  ('stripe', 'secretKey', 2, true, true, '{
    "es": "Clave secreta", "en": "Secret key", "pt": "Chave secreta"}'),
  ('paypal', 'clientId', 1, false, true, '{
    "es": "Id de cliente", "en": "Client ID", "pt": "ID de cliente"}'),
  ('paypal', 'clientSecret', 2, true, true, '{
    "es": "Secreto de cliente", "en": "Client secret", "pt": "Segredo do cliente"}');

reset role;
