#include "app/resources.hpp"

#include "features/desk/resources.hpp"
#include "features/orchestration/resources.hpp"
#include "features/ordering/resources.hpp"
#include "features/reference/resources.hpp"
#include "kit/api/resources.hpp"
#include "kit/html/resources.hpp"
#include "platform/cases/resources.hpp"
#include "platform/catalog/resources.hpp"
#include "platform/documents/resources.hpp"
#include "platform/identity/resources.hpp"
#include "platform/payments/resources.hpp"
#include "platform/tenancy/resources.hpp"
#include "platform/webhooks/resources.hpp"

namespace app {

std::vector<html::Source> all_pages()
{
    std::vector<html::Source> all;
    for (const auto room :
         {html::resources::pages(),
          identity::resources::pages(),
          documents::resources::pages(),
          ordering::resources::pages(),
          desk::resources::pages(),
          reference::resources::pages()})
        all.insert(all.end(), room.begin(), room.end());
    return all;
}

std::vector<html::LocaleSource> all_texts()
{
    std::vector<html::LocaleSource> all;
    for (const auto room :
         {html::resources::locale(),
          api::resources::locale(),
          tenancy::resources::locale(),
          identity::resources::locale(),
          webhooks::resources::locale(),
          catalog::resources::locale(),
          cases::resources::locale(),
          payments::resources::locale(),
          documents::resources::locale(),
          ordering::resources::locale(),
          desk::resources::locale(),
          orchestration::resources::locale(),
          reference::resources::locale()})
        all.insert(all.end(), room.begin(), room.end());
    return all;
}

}  // namespace app
