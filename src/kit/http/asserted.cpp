#include "kit/http/asserted.hpp"

#include <boost/assert.hpp>

// Called in place of abort() because of BOOST_ENABLE_ASSERT_HANDLER (CMakeLists.txt).
namespace boost {

void assertion_failed(const char* expression, const char*, const char*, long)
{
    throw http::AssertionFailed(expression);
}

void assertion_failed_msg(const char* expression, const char*, const char*, const char*, long)
{
    throw http::AssertionFailed(expression);
}

}  // namespace boost
