// zlib, which packs what pages are made of.
#include <zlib.h>
