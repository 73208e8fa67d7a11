"""Inserts, copies that are signed, postage."""

SENTENCES = {
    "inserts.no_name": "An insert needs a name, such as Bookmark or Tote bag.",
    "inserts.name_taken": "There is “{name}” already, as {insert}. Choose another name.",
    "inserts.unknown_kind": "“{value}” is no kind of insert. There are {known}.",
    "inserts.bad_number": "{number} is no number of inserts. It can be up to {most}.",
    "inserts.none_left": "There are not enough of {name}: {left} left, {wanted} needed. Note more with “outreach inserts "
    "count”, or put in fewer. Nothing was changed.",
    "inserts.none_left@window": "There are not enough of {name}: {left} left, {wanted} needed. Note more, or put in fewer. "
    "Nothing was changed.",
    "inserts.below_zero": "That would leave {missing} fewer than none of {name}. Nothing was changed.",
    "inserts.no_parcel": "No parcel that is being packed goes with {name}. Nothing was changed.",
    "inserts.not_packing": "Parcel {shipment} is {state} already, so what lies in it stays as it is. Nothing was changed.",
    "signing.nobody": "There is nobody to sign {title} for yet. Plan it for somebody first.",
    "signing.too_long": "A dedication has up to {longest} characters. Shorten it.",
    "signing.declined": "{gift} ({title}) was not wanted this time, so there is nothing to sign. Nothing was noted.",
    "signing.left": "The copy of {gift} ({title}) has left, so it cannot be signed. Send a bookplate instead. Nothing was "
    "noted.",
    "signing.no_paper": "{gift} ({title}) is no copy on paper. Send a bookplate instead. Nothing was noted.",
    "signing.signed": "{gift} ({title}) is signed already. Take that back first. Nothing was noted.",
    "signing.not_asked": "{gift} ({title}) is not to be signed. Say first that it is. Nothing was noted.",
    "costs.bad_postage": "“{value}” is no postage. Write it like 3.49 GBP.",
    "catalogue.bad_weight": "“{value}” is no weight of a copy. Write it like 420 g or 1.2 kg.",
    "costs.bad_weight": "“{value}” is no weight of a parcel. Write it like 420 g or 1.2 kg.",
}
