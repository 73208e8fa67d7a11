"""Small exports of our own, with the headers that the two programs write."""

GOODREADS_HEADER = (
    "Book Id,Title,Author,Author l-f,Additional Authors,ISBN,ISBN13,My Rating,Average Rating,Publisher,Binding,"
    "Number of Pages,Year Published,Original Publication Year,Date Read,Date Added,Bookshelves,"
    "Bookshelves with positions,Exclusive Shelf,My Review,Spoiler,Private Notes,Read Count,Owned Copies\n"
)

GOODREADS = GOODREADS_HEADER + (
    '101,"The Glass Heron (Tidewater, #2)",Ilse Marrow,"Marrow, Ilse",,"=""""","=""9781529034523""",5,4.02,Finch,'
    'Hardcover,320,2024,2023,2025/09/02,2025/08/11,"ya-fantasy, favourites","ya-fantasy (#3)",read,'
    '"Finished at 3am.<br/><br/>Texted my <b>sister</b>.",,"locked diary words",1,0\n'
    '102,A River of Keys,Ilse Marrow,"Marrow, Ilse",,"=""""","=""""",4,4.10,Finch,Paperback,300,2022,2021,2024/03/10,'
    "2024/02/01,ya-fantasy,,read,,,,1,0\n"
    '103,Salt and Cinder,Ada Wren,"Wren, Ada",,"=""""","=""""",2,3.50,Finch,Paperback,300,2020,2020,2023/01/10,'
    "2022/12/01,ya-fantasy,,read,,,,1,0\n"
    '104,The Cellar Door,Cal Dread,"Dread, Cal",,"=""""","=""""",0,3.50,Finch,Paperback,300,2020,,,2022/12/01,'
    "horror,,dnf,,,,0,0\n"
    '105,Someday Soon,Ada Wren,"Wren, Ada",,"=""""","=""""",0,3.50,Finch,Paperback,300,2020,,,2022/12/01,'
    "to-read,,to-read,,,,0,0\n"
    '106,,Nobody,,,"=""""","=""""",0,3.50,,,,,,,2022/12/01,,,read,,,,0,0\n'
)

STORYGRAPH_HEADER = (
    "Title,Authors,Contributors,ISBN/UID,Format,Read Status,Date Added,Last Date Read,Dates Read,Read Count,Moods,Pace,"
    "Character- or Plot-Driven?,Strong Character Development?,Loveable Characters?,Diverse Characters?,"
    "Flawed Characters?,Star Rating,Review,Content Warnings,Content Warning Description,Tags,Owned?\n"
)

STORYGRAPH = STORYGRAPH_HEADER + (
    '"The Glass Heron","Ilse Marrow",,9781529034523,hardcover,read,2025/08/11,2025/09/03,2025/08/20-2025/09/03,1,'
    '"adventurous, hopeful",fast,Character,Yes,Yes,Yes,Yes,4.75,"<div>A map in the front!</div>",,,"ya fantasy",No\n'
    '"Night Ferry","Bo Lund",,,digital,did-not-finish,2024/01/11,2024/02/03,2024/02/03,0,"dark, tense",slow,Plot,,,,,'
    ",,,,thriller,No\n"
    '"Low Tide","Bo Lund",,,digital,to-read,2024/01/11,,,0,,,,,,,,,,,,thriller,No\n'
    '"Odd Stars","Bo Lund",,,digital,read,2024/01/11,2024/02/03,,1,,,,,,,,seven,,,,thriller,No\n'
)
