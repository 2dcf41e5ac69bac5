#ifndef MI_ALEGRA_CLIBCURL_H
#define MI_ALEGRA_CLIBCURL_H

#include <curl/curl.h>

#endif
