// What Mi Alegra uses of OpenSSL 3's libcrypto, and the macros of it that Swift cannot import.
#ifndef MI_ALEGRA_COPENSSL_SHIM_H
#define MI_ALEGRA_COPENSSL_SHIM_H

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/params.h>
#include <openssl/rand.h>

#if OPENSSL_VERSION_NUMBER < 0x30000000L
#error "Mi Alegra needs OpenSSL 3 or newer"
#endif

#endif
